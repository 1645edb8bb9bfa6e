//! Renders a page of `size` rows from a template of Jinja's kind.

use minijinja::{Environment, Value, context};
use support::{Checksum, Random, sentence, word};

support::case!(work);

const LAYOUT: &str =
    "<title>{% block title %}none{% endblock %}</title>\n{% block body %}{% endblock %}\n";
const PAGE: &str = r#"{% extends "layout" %}
{% macro cell(text, width=10) %}<td>{{ (text|string)[:width] }}</td>{% endmacro %}
{% block title %}{{ title|title }} of {{ rows|length }}{% endblock %}
{% block body %}
{% for row in rows|sort(attribute="share") if row.number % 7 != 3 %}
  <tr class="{{ loop.cycle('odd', 'even') }}" id="{{ loop.index }}">
    {{ cell(row.name|upper) }}{{ cell(row.note, width=30) }}
    {% if row.share > 0.5 and 'ka' in row.name %}<b>{{ (row.share * 100)|round(2) }} %</b>
    {% elif not row.tags %}<i>{{ row.number ** 2 // 3 }}</i>
    {% else %}{% set joined = row.tags|map('lower')|join(', ') %}{{ joined|replace('ta', '-') }}{% endif %}
  </tr>
{% else %}nothing{% endfor %}
{% endblock %}"#;

fn work(size: u32) -> u64 {
    let mut random = Random::new(0x7E3);
    let mut environment = Environment::new();
    environment
        .add_template("layout", LAYOUT)
        .expect("the template is valid");
    environment
        .add_template("page.html", PAGE)
        .expect("the template is valid");
    let rows: Vec<Value> = (0..size)
        .map(|number| {
            let tags: Vec<String> = (0..random.below(4)).map(|_| word(&mut random)).collect();
            context! {
                number,
                name => word(&mut random),
                note => sentence(&mut random) + "<&>",
                share => random.unit(),
                tags,
            }
        })
        .collect();
    let page = environment
        .get_template("page.html")
        .expect("the template was added");
    let text = page
        .render(context! { title => "all rows", rows })
        .expect("the template runs");
    let mut checksum = Checksum::new();
    checksum.add_bytes(text.as_bytes());
    checksum.get()
}
