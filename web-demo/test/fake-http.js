import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };

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

const VOICES = {
  voices: [
    { name: "Cherry", sex: "female", note: "sunny and friendly" },
    { name: "Ethan", sex: "male", note: "warm and calm" },
    { name: "Serena", sex: "female", note: "gentle" },
  ],
  default: "Cherry",
};

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
  if (pathname.endsWith("/clear")) return json(response, 200, { pos: gateway.clear() });
  if (pathname === "/v1/voices") return json(response, 200, VOICES);
  if (pathname === "/v1/sounds") return json(response, 200, SOUNDS);
  const [mixed] = pathname.match(/\/(mix|sources\/[^/]+)$/) ?? [];
  if (mixed) return json(response, ...gateway.mix.answer(request.method, mixed, await bodyOf(request)));
  if (request.method === "POST") return answerUtterance(gateway, request, response);
  if (pathname === "/bare") return response.writeHead(200, { "content-type": "text/html" }).end(BARE_PAGE);
  const file = path.join(ROOT, pathname === "/" ? "index.html" : path.normalize(pathname));
  try {
    const content = await readFile(file);
    response.writeHead(200, { "content-type": TYPES[path.extname(file)] ?? "application/octet-stream" }).end(content);
  } catch {
    response.writeHead(404).end();
  }
}

async function answerUtterance(gateway, request, response) {
  const { text = "", voice } = await bodyOf(request);
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
  const { id } = gateway.speak({ samples: text.length * 1440 + 7, text, voice });
  return json(response, 201, { id, text, voice, state: "queued" });
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
