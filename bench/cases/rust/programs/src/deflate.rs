//! Compresses and decompresses a text of `size` sentences with DEFLATE, at three levels.

use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::inflate::decompress_to_vec_zlib;
use support::{Checksum, Random, sentence};

support::case!(work);

fn work(size: u32) -> u64 {
    let mut random = Random::new(0xDEF);
    let text: Vec<String> = (0..size).map(|_| sentence(&mut random)).collect();
    let text = text.join("\n").into_bytes();
    let mut checksum = Checksum::new();
    for level in [1, 6, 9] {
        let compressed = compress_to_vec_zlib(&text, level);
        checksum.add_bytes(&compressed);
        let decompressed = decompress_to_vec_zlib(&compressed).expect("the data is intact");
        assert_eq!(decompressed, text);
        checksum.add_bytes(&decompressed);
    }
    checksum.get()
}
