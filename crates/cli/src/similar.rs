//! What may have been meant by a word that names nothing.

/// The candidate that is most like a word, if it is like it.
pub(crate) fn nearest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    const LIKE: f64 = 0.7;
    let candidates = candidates.into_iter();
    // Two letters in the wrong order make short words very different for `jaro`.
    let likeness = |candidate| match strsim::osa_distance(word, candidate) {
        1 => 1.0,
        _ => strsim::jaro(word, candidate),
    };
    candidates
        .map(|candidate| (likeness(candidate), candidate))
        .filter(|(likeness, _)| *likeness > LIKE)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, candidate)| candidate)
}
