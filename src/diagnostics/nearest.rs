//! What somebody who wrote an unknown name may have meant.

/// The known name that a name is a slip of the pen for; where none is near enough, all of them.
pub fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.collect();
    let slip = |other: &&&str| {
        let letters = name.chars().count().max(other.chars().count());
        distance(name, other) <= letters.div_ceil(3)
    };
    let near = known.iter().filter(slip).min_by_key(|other| distance(name, other));
    near.map_or_else(|| known.join(" / "), |name| (*name).to_owned())
}

/// Levenshtein distance in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let change = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_offered() {
        assert_eq!(nearest("tilte", ["year", "title", "date"].into_iter()), "title");
        assert_eq!(nearest("vertical", ["pages", "articles"].into_iter()), "pages / articles");
        assert_eq!(distance("栏目", "栏木"), 1);
    }
}
