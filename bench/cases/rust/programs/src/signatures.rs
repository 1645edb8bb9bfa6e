//! Makes and checks `size` signatures of two kinds: arithmetic with numbers of 256 bits.

use ed25519_dalek::{Signer as _, SigningKey, Verifier as _};
use p256::ecdsa;
use support::Checksum;

support::case!(work);

fn work(size: u32) -> u64 {
    let mut checksum = Checksum::new();
    let edwards = SigningKey::from_bytes(&[42; 32]);
    let nist = ecdsa::SigningKey::from_slice(&[23; 32]).expect("the number is a key");
    for round in 0..size {
        let message = round.to_le_bytes();
        let signature = edwards.sign(&message);
        edwards
            .verifying_key()
            .verify(&message, &signature)
            .expect("the signature is right");
        checksum.add_bytes(&signature.to_bytes());
        let signature: ecdsa::Signature = nist.sign(&message);
        nist.verifying_key()
            .verify(&message, &signature)
            .expect("the signature is right");
        checksum.add_bytes(&signature.to_bytes());
    }
    checksum.get()
}
