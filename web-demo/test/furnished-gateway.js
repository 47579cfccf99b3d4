/** A listener whose player reports. @param {string} conn @param {object} [more] */
const listener = (conn, more) => ({
  conn,
  gaps: 0,
  skipped_ms: 0,
  lag_ms: 140,
  pos: 48_000,
  buffer_ms: 120,
  underruns: 0,
  state: "playing",
  ...more,
});

/** Gives a fake gateway channels, listeners and services, so that there is something to see. @param {import("./fake-gateway.js").FakeGateway} gateway */
export function furnish({ management }) {
  management.channels = [
    { name: "airport-gate-12", phase: "idle", utterances: 0, listeners: 0 },
    { name: "lobby", phase: "playing", utterances: 3, listeners: 5 },
    { name: "museum-en", phase: "stalled", utterances: 1, listeners: 1, muted: true },
  ].map((channel) => ({ pos: 0, lead_ms: 100, lag_ms: 3000, ...channel }));
  management.listeners = {
    lobby: [
      listener("c9", { client: "kiosk-9", lag_ms: 3_240, gaps: 2, skipped_ms: 5_300, gap_cause: "slow", underruns: 7 }),
      listener("c1", { client: "kiosk-1", lag_ms: 1_900, sync_error_ms: -1.8 }),
      listener("c2", { client: "kiosk-2", sync_error_ms: 0.4 }),
      listener("c3", { buffer_ms: 0, state: "locked" }),
      { conn: "plain-1", gaps: 0, skipped_ms: 0, lag_ms: 0 },
    ],
  };
  management.upstreams = [
    { name: "dashscope", state: "up", calls: 412, failures: 3, retries: 2, throttled: 1 },
    { name: "backup", state: "trying", calls: 12, failures: 6, retries: 0, throttled: 0 },
  ];
}
