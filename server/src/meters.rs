//! The recorder of this process: it adds up what is measured and writes it in the words of Prometheus.
//!
//! It has no listener of its own; `/metrics` asks it. A process has one recorder, which is there for the first one who
//! asks and for as long as the process lives.

use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::sync::OnceLock;

/// The bounds of durations, in seconds: from an answer that nobody notices to one that nobody waits for.
const SECONDS: [f64; 14] = [
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0, 60.0, 300.0, 1_800.0,
];

/// The recorder of this process; it begins to record with the first call.
///
/// # Panics
///
/// When something else records for this process.
pub fn recorder() -> &'static PrometheusHandle {
    static RECORDER: OnceLock<PrometheusHandle> = OnceLock::new();
    RECORDER.get_or_init(|| {
        let builder = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &SECONDS)
            .expect("there are bounds");
        let recorder = builder.build_recorder();
        let handle = recorder.handle();
        metrics::set_global_recorder(recorder).expect("nobody else records in this process");
        engine::meters::describe();
        handle
    })
}
