import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };

/** Addresses of pages that are not those of their files. */
const PAGES = { "/": "index.html", "/kiosk": "kiosk.html", "/monitor": "monitor.html" };

const BARE_PAGE = `<!doctype html><title>Bare player</title>
<button style="position:fixed;inset:0">Start</button>
<script type="module">
  import { StentorPlayer } from "/player/player.js";
  const parameters = new URLSearchParams(location.search);
  const formats = parameters.get("formats")?.split(",");
  window.stentor = new StentorPlayer({
    formats,
    url: parameters.get("url") ?? undefined,
    preset: parameters.get("preset") ?? undefined,
    exact: parameters.has("exact"),
    sync: parameters.has("sync"),
  });
  stentor.addEventListener("state", ({ detail }) => console.log(detail.connection + " " + detail.audio));
  document.querySelector("button").onclick = () => stentor.unlock();
  console.log("a context of one's own is " + new AudioContext().state);
  stentor.connect();
</script>`;

const SOUNDS = { sounds: [{ name: "demo-bed" }, { name: "demo-chime" }, { name: "gone.wav" }] };

const CLOUD = { kind: "builtin", languages: ["Chinese", "English", "German"], models: ["flash", "instruct"] };
const EMBEDDED = { kind: "embedded", languages: ["English"], models: ["mary"] };

const VOICES = {
  voices: [
    { name: "Cherry", sex: "female", note: "sunny and friendly", ...CLOUD },
    { name: "Ethan", sex: "male", note: "warm and calm", ...CLOUD, languages: ["English"] },
    { name: "Serena", sex: "female", note: "gentle", ...CLOUD },
    { name: "slt", sex: "female", note: "clear and even", ...EMBEDDED },
    { name: "slt-deep", sex: "male", note: "deep man", ...EMBEDDED },
  ],
  default: "Cherry",
};

const MODELS = {
  models: [
    { name: "flash", instructions: false, offered: true },
    { name: "instruct", instructions: true, offered: true },
    { name: "mary", instructions: false, offered: true },
  ],
  default: "flash",
  engine: { speakers: ["embedded"], languages: ["English"] },
};

/** A tenth of a second of silence. */
const WAV = Buffer.alloc(44 + 4800);
WAV.write("RIFF", 0);
WAV.writeUInt32LE(36 + 4800, 4);
WAV.write("WAVEfmt ", 8);
WAV.writeUInt32LE(16, 16);
WAV.writeUInt16LE(1, 20);
WAV.writeUInt16LE(1, 22);
WAV.writeUInt32LE(24000, 24);
WAV.writeUInt32LE(48000, 28);
WAV.writeUInt16LE(2, 32);
WAV.writeUInt16LE(16, 34);
WAV.write("data", 36);
WAV.writeUInt32LE(4800, 40);

/**
 * Answers a request over HTTP as the gateway does: the page and its scripts, voices, sounds, the mix, and texts to be spoken.
 *
 * @param {import("./fake-gateway.js").FakeGateway} gateway
 */
export async function answer(gateway, request, response) {
  if (gateway.away) return request.socket.destroy();
  const { pathname } = new URL(request.url, "http://gateway");
  if (gateway.key && pathname.startsWith("/v1/") && request.headers.authorization !== `Bearer ${gateway.key}`)
    return json(response, 401, { code: "Unauthenticated", detail: "A valid key is needed." });
  const body = request.method === "GET" ? "" : await bodyOf(request);
  const managed = gateway.management.answer(request.method, pathname, body);
  if (managed) return json(response, ...managed);
  if (pathname.startsWith("/v1/channels/") && !/\/(mix|sources\/[^/]+)$/.test(pathname)) {
    return answerChannel(gateway, request, body, response, pathname.replace(/^\/v1\/channels\/[^/]+/, ""));
  }
  if (pathname === "/v1/voices") return json(response, 200, VOICES);
  if (pathname === "/v1/models") return json(response, 200, MODELS);
  if (/^\/v1\/voices\/[^/]+\/preview$/.test(pathname))
    return response.writeHead(200, { "content-type": "audio/wav" }).end(WAV);
  if (pathname === "/v1/sounds") return json(response, 200, SOUNDS);
  const [mixed] = pathname.match(/\/(mix|sources\/[^/]+)$/) ?? [];
  if (mixed) return json(response, ...gateway.mix.answer(request.method, mixed, body));
  if (pathname === "/bare") return response.writeHead(200, { "content-type": "text/html" }).end(BARE_PAGE);
  const file = path.join(ROOT, PAGES[pathname] ?? path.normalize(pathname));
  try {
    const content = await readFile(file);
    response.writeHead(200, { "content-type": TYPES[path.extname(file)] ?? "application/octet-stream" }).end(content);
  } catch {
    response.writeHead(404).end();
  }
}

/** Answers a request about the channel, of which `path` is the rest of the address. */
function answerChannel(gateway, request, body, response, path) {
  gateway.requests.push({ what: `${request.method} ${path}`, body });
  const [, id, piece] = path.match(/^\/utterances\/([^/]+)(\/.*)?$/) ?? [];
  if (path === "")
    return json(response, 200, { name: "lobby", listeners: gateway.listeners.size, utterances: gateway.texts.waiting });
  if (path === "/clear") return json(response, 200, { pos: gateway.clear() });
  if (path === "/pause" || path === "/resume") {
    gateway.hold(path === "/pause");
    return json(response, 200, { name: "lobby" });
  }
  if (path === "/utterances" && request.method === "GET") return json(response, 200, { utterances: gateway.texts.all });
  if (path === "/utterances") return answerUtterance(gateway, body, response);
  if (piece) return json(response, 200, { next_seq: body.seq + 1 });
  if (request.method === "DELETE") gateway.clear();
  const text = id && gateway.texts.find(id);
  return text ? json(response, 200, text) : json(response, 404, { detail: "There is no such utterance." });
}

function answerUtterance(gateway, { text = "", voice, open, instructions }, response) {
  if (open) return json(response, 201, { id: "open1", text, voice, state: "synthesizing", times: { age_ms: 0 } });
  if (/\p{Script=Cyrillic}/u.test(text)) {
    const detail = "The voice speaks English only. Set DASHSCOPE_API_KEY to use the cloud voices, or gateway.command.";
    return json(response, 400, { detail, field: "text" });
  }
  if (instructions === "Sing.") return json(response, 400, { detail: "Nobody can sing here.", field: "instructions" });
  if (text.length > 600) {
    const problem = {
      type: "about:blank",
      status: 422,
      title: "Text too long",
      code: "text_too_long",
      field: "text",
    };
    return json(
      response,
      422,
      { ...problem, detail: `A text has at most 600 characters, this one has ${text.length}.` },
      "application/problem+json",
    );
  }
  const id = gateway.ask({ samples: text.length * 1440 + 7, text, voice });
  return json(response, 201, gateway.texts.find(id));
}

/** Reads a request's JSON body; empty if it has none. */
async function bodyOf(request) {
  let body = "";
  for await (const part of request) body += part;
  return body && JSON.parse(body);
}

function json(response, status, body, type = "application/json") {
  response.writeHead(status, { "content-type": type }).end(status === 204 ? undefined : JSON.stringify(body));
}
