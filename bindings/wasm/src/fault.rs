//! What a page is told when something is wrong: sentences, also of a panic.

use std::sync::Mutex;

use wasm_bindgen::prelude::*;

/// What the last panic said. A panic leaves the module unusable, but its memory can still be read.
static LAST_WORDS: Mutex<String> = Mutex::new(String::new());

/// Keeps the words of a panic; called when the module is loaded.
#[wasm_bindgen(start)]
pub fn listen() {
    std::panic::set_hook(Box::new(|panic| {
        // A panic while this one is kept would find the lock taken: it goes without words.
        if let Ok(mut words) = LAST_WORDS.try_lock() {
            *words = panic.to_string();
        }
    }));
}

/// What the last panic said; empty if there was none. A module that stopped without words ran out of memory.
#[wasm_bindgen(js_name = lastWords)]
pub fn last_words() -> String {
    LAST_WORDS.try_lock().map(|words| words.clone()).unwrap_or_default()
}

/// An error of the library as an exception with the same words.
pub fn told(error: shanhai::Error) -> JsError {
    JsError::new(&error.to_string())
}

/// Text of the page that is not what it should be.
pub fn unreadable(what: &str, error: impl std::fmt::Display) -> JsError {
    JsError::new(&format!("{what}: {error}"))
}
