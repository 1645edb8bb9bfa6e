//! Draws a picture of `size` points a side, writes it as PNG, JPEG, GIF and WebP, and reads, scales and turns each.

use image::imageops::{self, FilterType};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use std::io::Cursor;
use support::Checksum;

support::case!(work);

fn picture(size: u32) -> DynamicImage {
    let image = RgbImage::from_fn(size, size, |x, y| {
        let wave = (x * x / 7 + y * y / 5) as u8;
        Rgb([wave, (x * 255 / size) as u8, (y ^ x) as u8 & 0xF0])
    });
    DynamicImage::ImageRgb8(image)
}

fn work(size: u32) -> u64 {
    let mut checksum = Checksum::new();
    let mut image = picture(size + 8);
    for format in [
        ImageFormat::Png,
        ImageFormat::Jpeg,
        ImageFormat::Gif,
        ImageFormat::WebP,
    ] {
        let mut file = Cursor::new(Vec::new());
        image
            .write_to(&mut file, format)
            .expect("the picture can be written");
        checksum.add_bytes(file.get_ref());
        let read = image::load_from_memory_with_format(file.get_ref(), format)
            .expect("the file is intact");
        let scaled = read.resize_exact(size / 2 + 4, size + 8, FilterType::Triangle);
        checksum.add_bytes(&imageops::grayscale(&scaled));
        image = DynamicImage::ImageRgb8(read.rotate90().fliph().to_rgb8());
    }
    checksum.get()
}
