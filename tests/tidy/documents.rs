//! The rule on documents: links and names of files lead somewhere.
//!
//! Input: the files of the work tree. Output: one finding per dead link or name.
//! Holds: what stands in a fenced block is an example, not a link.

use super::{File, Finding, finding};
use std::collections::BTreeMap;

/// Where a path in backquotes in a document is taken for a file of this repository.
const DOCUMENTED_FOLDERS: &[&str] = &[
    "src/",
    "tests/",
    "docs/",
    "examples/",
    "crates/",
    "bench/",
    "fuzz/",
];

/// The lines of a document that are not in a fenced block, numbered.
fn prose(text: &str) -> Vec<(usize, &str)> {
    let mut fenced = false;
    let mut lines = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let fence = line.trim_start().starts_with("```");
        if !fence && !fenced {
            lines.push((number, line));
        }
        fenced ^= fence;
    }
    lines
}

/// The targets of the links in a line: `](target)` and `[name]: target`.
fn link_targets(line: &str) -> Vec<&str> {
    let without_code: Vec<&str> = line.split('`').step_by(2).collect();
    let mut targets = Vec::new();
    for part in without_code {
        for after in part.split("](").skip(1) {
            targets.extend(after.split([')', ' ']).next());
        }
    }
    if let Some((name, target)) = line
        .split_once("]: ")
        .filter(|(name, _)| name.starts_with('['))
    {
        targets.extend(
            target
                .split_whitespace()
                .next()
                .filter(|_| !name.starts_with("[^")),
        );
    }
    targets
}

/// The anchor that a heading gets: lower case, blanks become hyphens, other punctuation goes.
fn anchor(heading: &str) -> String {
    let keep = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    let text = heading.trim_start_matches('#').trim().to_lowercase();
    text.chars()
        .filter(keep)
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

/// `target` as seen from the folder of `path`; `None` where it leaves the repository.
fn resolve_link(path: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

pub(crate) fn links_lead_somewhere(files: &[File]) -> Vec<Finding> {
    let mut known: BTreeMap<String, &File> = BTreeMap::new();
    for file in files {
        let ends = file
            .path
            .match_indices('/')
            .map(|(end, _)| end)
            .chain([file.path.len()]);
        known.extend(ends.map(|end| (file.path[..end].to_string(), file)));
    }
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| file.is_document()) {
        for (number, line) in prose(file.text()) {
            for target in link_targets(line)
                .iter()
                .filter(|target| !is_external(target))
            {
                let (path, fragment) = target.split_once('#').unwrap_or((target, ""));
                let resolved = if path.is_empty() {
                    Some(file.path.clone())
                } else {
                    resolve_link(&file.path, path)
                };
                let Some(to) = resolved.and_then(|path| known.get(&path)) else {
                    findings.push(finding(
                        file,
                        number,
                        format!("the link `{target}` leads nowhere: mend or remove it"),
                    ));
                    continue;
                };
                let headings = prose(to.text());
                let is_heading = |line: &str| line.starts_with('#') && anchor(line) == fragment;
                if !fragment.is_empty() && !headings.iter().any(|(_, line)| is_heading(line)) {
                    findings.push(finding(
                        file,
                        number,
                        format!("no heading has the anchor `{target}`: mend the link"),
                    ));
                }
            }
            for span in line
                .split('`')
                .skip(1)
                .step_by(2)
                .filter(|span| is_path(span))
            {
                if !known.contains_key(span.trim_end_matches('/')) {
                    findings.push(finding(
                        file,
                        number,
                        format!("`{span}` does not exist: mend or remove the name"),
                    ));
                }
            }
        }
    }
    findings
}

fn is_external(target: &str) -> bool {
    target.contains("://") || target.starts_with("mailto:")
}

fn is_path(span: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-');
    DOCUMENTED_FOLDERS
        .iter()
        .any(|folder| span.starts_with(folder))
        && span.chars().all(plain)
}
