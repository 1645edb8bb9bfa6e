//! Plays `size` moves of chess games at random, and counts from each position all that can follow two moves later.

use cozy_chess::Board;
use support::{Checksum, Random};

support::case!(work);

fn work(size: u32) -> u64 {
    let mut random = Random::new(0xC4E);
    let mut checksum = Checksum::new();
    let mut board = Board::default();
    for _ in 0..size {
        let mut moves = Vec::new();
        board.generate_moves(|of_a_piece| {
            moves.extend(of_a_piece);
            false
        });
        if moves.is_empty() || board.halfmove_clock() == 100 {
            board = Board::default();
            continue;
        }
        board.play_unchecked(moves[random.below(moves.len() as u32) as usize]);
        checksum.add(positions(&board, 2));
        checksum.add(board.hash());
    }
    checksum.get()
}

/// How many positions can be reached by `depth` moves.
fn positions(board: &Board, depth: u32) -> u64 {
    let mut count = 0;
    board.generate_moves(|moves| {
        for next in moves {
            count += if depth == 1 {
                1
            } else {
                let mut board = board.clone();
                board.play_unchecked(next);
                positions(&board, depth - 1)
            };
        }
        false
    });
    count
}
