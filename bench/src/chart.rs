//! A picture of a table.
//!
//! Input: a table. Output: SVG. Holds: a panel for the means of each kind of rows, then one for each row; a bar is the
//! logarithm of an engine's ratio to wazir, so that bars to the right are slower or bigger than wazir, and bars to the
//! left are faster or smaller.

use crate::engines::{SUBJECT, TWICE};
use crate::report::{Table, number};
use std::fmt::Write;

const COLUMN_COUNT: usize = 4;
const PANEL_WIDTH: f64 = 330.0;
const LINE_HEIGHT: f64 = 15.0;
const TITLE_HEIGHT: f64 = 24.0;
const NAME_WIDTH: f64 = 120.0;
/// The room for bars, half of it to each side.
const BAR_WIDTH: f64 = 130.0;
/// Ratios beyond this are drawn as this.
const MOST: f64 = 32.0;

struct Panel {
    title: String,
    /// Names, ratios and what stands beside the bar.
    bars: Vec<(String, f64, String)>,
}

/// Draws the means of the table and its rows, under `subtitle`.
pub fn draw(table: &Table, subtitle: &str) -> String {
    let mut panels = means(table);
    panels.extend(rows(table));
    draw_panels(table, &panels, subtitle)
}

/// Draws the means of the table alone.
pub fn draw_means(table: &Table, subtitle: &str) -> String {
    draw_panels(table, &means(table), subtitle)
}

fn draw_panels(table: &Table, panels: &[Panel], subtitle: &str) -> String {
    let most_bars = panels
        .iter()
        .map(|panel| panel.bars.len())
        .max()
        .unwrap_or(0);
    let height = TITLE_HEIGHT + most_bars as f64 * LINE_HEIGHT + 14.0;
    let line_count = panels.len().div_ceil(COLUMN_COUNT);
    // The heading needs the width of two.
    let column_count = panels.len().clamp(2, COLUMN_COUNT);
    let size = (
        PANEL_WIDTH * column_count as f64,
        50.0 + height * line_count as f64,
    );
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" \
         font-family=\"sans-serif\" font-size=\"11\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n",
        size.0, size.1
    );
    let heading = format!(
        "{}: time or size by {SUBJECT}'s, logarithmic; right is worse than {SUBJECT}",
        table.group
    );
    text(
        &mut svg,
        10.0,
        20.0,
        "font-size=\"15\" font-weight=\"bold\"",
        &heading,
    );
    text(&mut svg, 10.0, 38.0, "fill=\"#666\"", subtitle);
    for (index, panel) in panels.iter().enumerate() {
        let x = (index % COLUMN_COUNT) as f64 * PANEL_WIDTH + 10.0;
        let y = (index / COLUMN_COUNT) as f64 * height + 50.0;
        draw_panel(&mut svg, panel, x, y);
    }
    svg.push_str("</svg>\n");
    svg
}

/// The columns that are shown.
fn shown(table: &Table) -> impl Iterator<Item = usize> + '_ {
    (0..table.columns.len()).filter(|&at| table.columns[at] != TWICE[1])
}

fn means(table: &Table) -> Vec<Panel> {
    let mean = |kind: &str| Panel {
        title: format!("mean, {}", if kind.is_empty() { "all" } else { kind }),
        bars: shown(table)
            .filter_map(|at| {
                let (mean, count) = table.mean(kind, at)?;
                Some((
                    table.columns[at].clone(),
                    mean,
                    format!("{mean:.2}\u{d7} of {count}"),
                ))
            })
            .collect(),
    };
    table.kinds().into_iter().map(mean).collect()
}

fn rows(table: &Table) -> impl Iterator<Item = Panel> + '_ {
    table.lines.iter().map(|line| Panel {
        title: line.label(),
        bars: shown(table)
            .filter_map(|at| {
                let value = line.cells[at].minimum()?;
                let label = format!("{} {}", number(value), line.row.unit);
                Some((table.columns[at].clone(), table.ratio(line, at)?, label))
            })
            .collect(),
    })
}

fn draw_panel(svg: &mut String, panel: &Panel, x: f64, y: f64) {
    text(svg, x, y + 14.0, "font-weight=\"bold\"", &panel.title);
    let axis = x + NAME_WIDTH + BAR_WIDTH / 2.0;
    for (index, (name, ratio, label)) in panel.bars.iter().enumerate() {
        let top = y + TITLE_HEIGHT + index as f64 * LINE_HEIGHT;
        let length = ratio.clamp(1.0 / MOST, MOST).ln() / MOST.ln() * BAR_WIDTH / 2.0;
        let color = match (name.starts_with(SUBJECT), *ratio < 1.0) {
            (true, _) => "#d9480f",
            (false, true) => "#2b8a3e",
            (false, false) => "#748ffc",
        };
        text(svg, x, top + 10.0, "", name);
        let _ = writeln!(
            svg,
            "<rect x=\"{:.1}\" y=\"{top:.1}\" width=\"{:.1}\" height=\"{}\" fill=\"{color}\"/>",
            axis + length.min(0.0),
            length.abs().max(1.5),
            LINE_HEIGHT - 4.0
        );
        text(
            svg,
            axis + BAR_WIDTH / 2.0 + 6.0,
            top + 10.0,
            "fill=\"#444\"",
            label,
        );
    }
    let bottom = y + TITLE_HEIGHT + panel.bars.len() as f64 * LINE_HEIGHT;
    let _ = writeln!(
        svg,
        "<line x1=\"{axis:.1}\" x2=\"{axis:.1}\" y1=\"{:.1}\" y2=\"{bottom:.1}\" stroke=\"#999\"/>",
        y + TITLE_HEIGHT - 3.0
    );
}

fn text(svg: &mut String, x: f64, y: f64, attributes: &str, text: &str) {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    let _ = writeln!(
        svg,
        "<text x=\"{x:.1}\" y=\"{y:.1}\" {attributes}>{text}</text>"
    );
}
