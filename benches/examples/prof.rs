use eventbridge_benches::parsing;
fn main() {
    let samples = parsing::samples().unwrap();
    for s in &samples { if let Err(e) = sagemaker_events::Event::from_slice(&s.bytes) { println!("{e} {}", String::from_utf8_lossy(&s.bytes)); break; } }
    let name = std::env::args().nth(1).unwrap_or("ours".into());
    let way = parsing::WAYS.iter().find(|w| w.0 == name).unwrap().1;
    let t = cpu_time::ProcessTime::now();
    for _ in 0..300 { for s in &samples { std::hint::black_box(way(s)); } }
    println!("{:?}", t.elapsed() / 600_000);
}
