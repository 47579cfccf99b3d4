import { StentorPlayer } from "../player/player.js";
import { FakeWorld } from "./fake-world.js";

export const WELCOME = { t: "welcome", v: 1, epoch: 17, head_seq: 0, clock: "n1", report_ms: 1000, now: [] };

/** Returns a connected player whose audio is locked, and the events that it fired. */
export function listener() {
  const world = new FakeWorld();
  const player = new StentorPlayer({ url: "ws://test/listen", client: { name: "Lobby" } }, world);
  const given = [];
  for (const type of ["utterance", "caption", "words", "mark", "gap", "error", "stream", "stats"]) {
    player.addEventListener(type, ({ detail }) => given.push([type, detail]));
  }
  const welcome = (more = {}) => {
    world.socket.accept();
    world.socket.say({ ...WELCOME, ...more });
  };
  player.connect();
  return { world, player, given, welcome };
}
