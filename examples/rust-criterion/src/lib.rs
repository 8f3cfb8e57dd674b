/// Makes an address of a title: small letters and digits, one dash for everything between.
pub fn slug(title: &str) -> String {
    let mut out = String::with_capacity(title.len());
    let mut gap = false;
    for byte in title.bytes() {
        if byte.is_ascii_alphanumeric() {
            if gap && !out.is_empty() {
                out.push('-');
            }
            gap = false;
            out.push(byte.to_ascii_lowercase() as char);
        } else {
            gap = true;
        }
    }
    out
}

/// Counts the words of a title.
pub fn words(title: &str) -> usize {
    title.split(' ').filter(|word| !word.is_empty()).count()
}
