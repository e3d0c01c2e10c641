//! Writes the JavaScript module that loads the WebAssembly of shanhai: `shanhai-wasm-pack INPUT.wasm FOLDER nodejs|web`.

use std::process::ExitCode;

use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [input, folder, host] = &words[..] else {
        eprintln!("three arguments: INPUT.wasm FOLDER nodejs|web");
        return ExitCode::from(2);
    };
    let mut bindgen = Bindgen::new();
    // Names of functions are a fifth of the module, and nobody reads them in a tab.
    bindgen.input_path(input).typescript(false).remove_name_section(true).remove_producers_section(true);
    let chosen = match host.as_str() {
        "nodejs" => bindgen.nodejs(true),
        "web" => bindgen.web(true),
        other => {
            eprintln!("`{other}` is no host; nodejs or web");
            return ExitCode::from(2);
        }
    };
    match chosen.and_then(|bindgen| bindgen.generate(folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
