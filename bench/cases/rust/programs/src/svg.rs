//! Reads a drawing of 60 shapes and paints it on `size` points a side.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};
use std::fmt::Write;
use support::{Checksum, Random};

support::case!(work);

const HEAD: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">
<defs>
  <linearGradient id="line"><stop offset="0" stop-color="#f80"/><stop offset="1" stop-color="navy"/></linearGradient>
  <radialGradient id="ring"><stop offset="0.2" stop-color="white"/><stop offset="1" stop-color="#0a4"/></radialGradient>
  <clipPath id="clip"><circle cx="50" cy="50" r="45"/></clipPath>
</defs>
<g clip-path="url(#clip)">
"##;

fn drawing() -> String {
    let mut random = Random::new(0x5F6);
    let mut text = String::from(HEAD);
    for shape in 0..60 {
        let [a, b, c, d] = std::array::from_fn(|_| random.below(1000) as f32 / 10.0);
        let paint =
            ["url(#line)", "url(#ring)", "#36c", "rgb(200, 40, 90)"][random.below(4) as usize];
        let line = match shape % 5 {
            0 => format!(
                r#"<path d="M{a} {b}C{b} {c} {c} {d} {d} {a}S{a} {c} {b} {b}Z" fill="{paint}" opacity="0.7"/>"#
            ),
            1 => format!(
                r#"<circle cx="{a}" cy="{b}" r="{}" fill="{paint}" fill-opacity="0.5"/>"#,
                c / 8.0
            ),
            2 => format!(r#"<rect x="{a}" y="{b}" width="{c}" height="9" rx="3" fill="{paint}"/>"#),
            3 => format!(
                r#"<polyline points="{a},{b} {c},{d} {b},{c}" fill="none" stroke="{paint}" stroke-dasharray="3 1"/>"#
            ),
            _ => format!(
                r#"<path d="M{a} {b}Q{c} {d} {d} {c}T{b} {a}" fill="none" stroke="{paint}" stroke-width="2"/>"#
            ),
        };
        writeln!(text, "{line}").expect("a string takes all");
    }
    text + "</g></svg>"
}

fn work(size: u32) -> u64 {
    let tree = Tree::from_str(&drawing(), &Options::default()).expect("the drawing is valid");
    let mut pixmap = Pixmap::new(size, size).expect("the size is not 0");
    let scale = size as f32 / 100.0;
    resvg::render(
        &tree,
        Transform::from_scale(scale, scale),
        &mut pixmap.as_mut(),
    );
    let mut checksum = Checksum::new();
    checksum.add_bytes(pixmap.data());
    checksum.get()
}
