//! Every shipped scenario is a test of its own: it runs to what it declares.

fn main() {
    lifeboat::testing::run_folder("scenarios")
}
