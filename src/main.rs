//! The `lifeboat` command. Everything is in the library: see `lifeboat::cli`.

fn main() -> std::process::ExitCode {
    lifeboat::cli::main()
}
