//! Compresses and decompresses a text of `size` sentences with Brotli, at two qualities.

use brotli::enc::BrotliEncoderParams;
use support::{Checksum, Random, sentence};

support::case!(work);

fn work(size: u32) -> u64 {
    let mut random = Random::new(0xB407);
    let text: Vec<String> = (0..size).map(|_| sentence(&mut random)).collect();
    let text = text.join("\n").into_bytes();
    let mut checksum = Checksum::new();
    for quality in [3, 6] {
        let parameters = BrotliEncoderParams {
            quality,
            lgwin: 18,
            ..Default::default()
        };
        let (mut compressed, mut decompressed) = (Vec::new(), Vec::new());
        brotli::BrotliCompress(&mut &*text, &mut compressed, &parameters)
            .expect("a vector takes all");
        checksum.add_bytes(&compressed);
        brotli::BrotliDecompress(&mut &*compressed, &mut decompressed).expect("the data is intact");
        assert_eq!(decompressed, text);
        checksum.add_bytes(&decompressed);
    }
    checksum.get()
}
