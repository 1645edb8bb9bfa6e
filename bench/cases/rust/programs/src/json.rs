//! Writes `size` records as JSON, reads them as values and as structures, changes them and writes them again.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use support::{Checksum, Random, sentence, word};

support::case!(work);

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Record {
    id: u64,
    name: String,
    scores: Vec<f64>,
    notes: Option<String>,
    attributes: BTreeMap<String, Attribute>,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "type", content = "value")]
enum Attribute {
    Text(String),
    Number(i64),
    Pair { first: f32, second: bool },
    Nothing,
}

fn record(random: &mut Random) -> Record {
    let attribute = |random: &mut Random| match random.below(4) {
        0 => Attribute::Text(format!("{}\n\"{}\" é", word(random), word(random))),
        1 => Attribute::Number(random.next() as i64 >> random.below(60)),
        2 => Attribute::Pair {
            first: random.unit() as f32,
            second: random.below(2) == 0,
        },
        _ => Attribute::Nothing,
    };
    Record {
        id: random.next(),
        name: word(random),
        scores: (0..random.below(5)).map(|_| random.unit() * 1e3).collect(),
        notes: (random.below(3) == 0).then(|| sentence(random)),
        attributes: (0..random.below(5))
            .map(|_| (word(random), attribute(random)))
            .collect(),
    }
}

/// Doubles numbers and turns texts around, on all levels.
fn change(value: &mut Value) {
    match value {
        Value::Number(number) => {
            if let Some(float) = number.as_f64().filter(|_| number.is_f64()) {
                *value = Value::from(float * 2.0);
            }
        }
        Value::String(text) => *text = text.chars().rev().collect(),
        Value::Array(values) => values.iter_mut().for_each(change),
        Value::Object(fields) => fields.values_mut().for_each(change),
        Value::Null | Value::Bool(_) => {}
    }
}

fn work(size: u32) -> u64 {
    let mut random = Random::new(0x150);
    let records: Vec<Record> = (0..size).map(|_| record(&mut random)).collect();
    let text = serde_json::to_string(&records).expect("records can be written");
    let again: Vec<Record> = serde_json::from_str(&text).expect("the text is JSON");
    let mut values: Vec<Map<String, Value>> =
        serde_json::from_str(&text).expect("the text is JSON");
    values.iter_mut().flat_map(Map::values_mut).for_each(change);
    let mut checksum = Checksum::new();
    for record in &again {
        checksum.add(record.id);
    }
    checksum.add_bytes(text.as_bytes());
    let pretty = serde_json::to_string_pretty(&values).expect("values can be written");
    checksum.add_bytes(pretty.as_bytes());
    checksum.get()
}
