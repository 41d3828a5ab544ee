//! Every file of the folder is a test of its own.

fn main() {
    lifeboat::testing::run_folder("scenarios")
}
