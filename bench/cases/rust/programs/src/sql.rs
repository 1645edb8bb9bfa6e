//! Reads `size` statements of SQL, and writes them from their trees.

use sqlparser::dialect::GenericDialect;
use sqlparser::parser::Parser;
use support::{Checksum, Random, word};

support::case!(work);

fn statement(random: &mut Random) -> String {
    let [a, b, c] = std::array::from_fn(|_| format!("x_{}", word(random)));
    let number = random.below(10_000);
    match random.below(6) {
        0 => format!(
            "SELECT {a}, COUNT(*) AS n FROM {b} t LEFT JOIN {c} USING (id) WHERE t.{a} > {number} \
                      AND ({b} LIKE '%{c}%' OR {c} IN (1, 2, {number})) GROUP BY 1 HAVING n > 3 ORDER BY \
                       n DESC LIMIT 10"
        ),
        1 => format!(
            "INSERT INTO {a} ({b}, {c}) VALUES ({number}, 'it''s {b}'), (NULL, x + {number} * -2.5e3)"
        ),
        2 => format!(
            "CREATE TABLE IF NOT EXISTS {a} ({b} INT PRIMARY KEY, {c} VARCHAR({number}) NOT NULL DEFAULT '', \
                      FOREIGN KEY ({c}) REFERENCES {b} (id) ON DELETE CASCADE)"
        ),
        3 => format!(
            "WITH RECURSIVE r AS (SELECT 1 AS {a} UNION ALL SELECT {a} + 1 FROM r WHERE {a} < {number}) \
                      SELECT SUM({a}) OVER (PARTITION BY {b} ORDER BY {c} ROWS BETWEEN 1 PRECEDING AND \
                       CURRENT ROW) FROM r"
        ),
        4 => format!(
            "UPDATE {a} SET {b} = CASE WHEN {c} IS NULL THEN {number} ELSE {c} || 'z' END WHERE \
                      EXISTS (SELECT * FROM {b} WHERE {a}.id = {b}.id AND {c} BETWEEN 1 AND {number})"
        ),
        _ => format!(
            "DELETE FROM {a} WHERE CAST({b} AS DECIMAL(10, 2)) <> {number} AND NOT ({c} ~ '^a' OR {b} = \
             DATE '2020-01-01')"
        ),
    }
}

fn work(size: u32) -> u64 {
    let mut random = Random::new(0x591);
    let mut checksum = Checksum::new();
    for _ in 0..size {
        let text = statement(&mut random);
        let statements =
            Parser::parse_sql(&GenericDialect {}, &text).expect("the statement is valid");
        for statement in statements {
            checksum.add_bytes(statement.to_string().as_bytes());
        }
    }
    checksum.get()
}
