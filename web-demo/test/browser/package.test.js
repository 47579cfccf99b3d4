import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import * as vite from "vite";
import { FakeGateway } from "../fake-gateway.js";
import { selfIndexing } from "../wire.js";
import { AUTOPLAY, launch } from "./browser.js";
import { account, firstWrong, heardToItsEnd, recordedRuns, startRecording } from "./recording.js";

// Pages of somebody else, on another origin than the gateway, with the package as npm packs it.

const PLAYER = fileURLToPath(new URL("../../player/", import.meta.url));
const TYPES = { ".html": "text/html", ".js": "text/javascript" };
const POLICY = "script-src 'self'; worker-src 'self'; style-src 'self'";
const PAGE = (script) => `<!doctype html><title>Somebody's page</title>${script}`;
const MAIN = (options = "") => `
  import { StentorPlayer } from "stentor-player";
  const url = new URLSearchParams(location.search).get("gateway").replace("http", "ws") + "/v1/channels/lobby/listen";
  window.stentor = new StentorPlayer({ url${options} });
  window.stentor.connect();`;

let folder = "";
/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "stentor-package-"));
  execFileSync("npm", ["pack", "--offline", "--pack-destination", folder], { cwd: PLAYER, stdio: "ignore" });
  mkdirSync(path.join(folder, "node_modules/stentor-player"), { recursive: true });
  execFileSync("tar", [
    ...["-xzf", path.join(folder, "stentor-player-0.1.0.tgz"), "--strip-components=1"],
    ...["-C", path.join(folder, "node_modules/stentor-player")],
  ]);
  browser = await launch([AUTOPLAY]);
});
after(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

const packaged = (file) => path.join(folder, "node_modules/stentor-player/dist", file);

/** Writes a project's files into a folder of its own. @param {string} name @param {Record<string, string>} files */
function project(name, files) {
  const root = path.join(folder, name);
  mkdirSync(root);
  for (const [file, content] of Object.entries(files)) writeFileSync(path.join(root, file), content);
  return root;
}

/** Opens a folder's page on an origin of its own, plays an utterance there, and checks every sample. */
async function assertPlays(t, root, begin, thread = "worker", policy = POLICY) {
  const gateway = new FakeGateway({ leadMs: 500 });
  const gatewayUrl = await gateway.start();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://page");
    const file = path.join(root, pathname === "/" ? "index.html" : path.normalize(pathname));
    try {
      response.setHeader("content-type", TYPES[path.extname(file)] ?? "application/octet-stream");
      response.setHeader("content-security-policy", policy);
      response.end(readFileSync(file));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const page = await browser.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().includes("favicon")) complaints.push(message.text());
  });
  t.after(async () => {
    await page.close();
    server.close();
    server.closeAllConnections();
    await gateway.close();
  });
  const { port } = server.address();
  await page.goto(`http://127.0.0.1:${port}/?gateway=${encodeURIComponent(gatewayUrl)}`);
  await begin(page);
  await page.waitForFunction(
    () => window.stentor?.state.connection === "open" && window.stentor.state.audio === "running",
  );
  assert.equal(await page.evaluate(() => window.stentor.stats.thread), thread);
  await startRecording(page);
  const utterance = gateway.speak({ samples: 24_000, text: "Hello from somebody's page." });
  await heardToItsEnd(page, utterance.id, 20_000);
  const accounted = account(await recordedRuns(page), utterance.pos, utterance.samples);
  assert.deepEqual([accounted.lost, accounted.repeated], [0, 0]);
  assert.equal(
    firstWrong(accounted, (i) => selfIndexing(utterance.pos + i)),
    -1,
  );
  assert.deepEqual(
    complaints.filter((text) => !/404/.test(text)),
    [],
  );
  return page;
}

const unlock = (page) => page.evaluate(() => void window.stentor.unlock());

test("a page that Vite has built plays", async (t) => {
  const root = project("with-vite", {
    "index.html": PAGE(`<script type="module" src="./main.js"></script>`),
    "main.js": MAIN(),
  });
  await vite.build({ root, logLevel: "error", configFile: false });
  await assertPlays(t, path.join(root, "dist"), unlock, "worker");
});

test("a page that esbuild has built plays, with the worklet and the worker beside the bundle or elsewhere", async (t) => {
  for (const [name, options, worklet, worker] of [
    ["beside", "", "stentor-worklet.js", "stentor-worker.js"],
    ["elsewhere", `, workletUrl: "/sound.js", workerUrl: "/line.js"`, "sound.js", "line.js"],
  ]) {
    const root = project(name, {
      "index.html": PAGE(`<script type="module" src="bundle.js"></script>`),
      "main.js": MAIN(options),
    });
    await esbuild.build({
      entryPoints: [path.join(root, "main.js")],
      outfile: path.join(root, "bundle.js"),
      bundle: true,
      format: "esm",
    });
    copyFileSync(packaged("stentor-worklet.js"), path.join(root, worklet));
    copyFileSync(packaged("stentor-worker.js"), path.join(root, worker));
    await assertPlays(t, root, unlock, "worker");
  }
});

test("a player of another origin plays, without a worker", async (t) => {
  const server = createServer((request, response) => {
    const headers = { "content-type": "text/javascript", "access-control-allow-origin": "*" };
    response.writeHead(200, headers).end(readFileSync(packaged(path.basename(request.url))));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  t.after(() => server.close());
  const origin = `http://127.0.0.1:${server.address().port}`;
  const root = project("elsewhere's player", {
    "index.html": PAGE(`<script type="module" src="main.js"></script>`),
    "main.js": MAIN().replace("stentor-player", `${origin}/stentor-player.js`),
  });
  await assertPlays(t, root, unlock, "page", `script-src 'self' ${origin}; worker-src 'self'; style-src 'self'`);
});

test("the element alone plays, from one classic script, and shows what is said", async (t) => {
  const root = project("classic", {
    "index.html": PAGE(`<script src="stentor-player.classic.js"></script><main></main><script src="page.js"></script>`),
    "page.js": `
      const gateway = new URLSearchParams(location.search).get("gateway");
      document.querySelector("main").innerHTML = '<stentor-player channel="lobby" gateway="' + gateway + '" captions></stentor-player>';
      window.stentor = document.querySelector("stentor-player").player;`,
  });
  for (const file of ["stentor-player.classic.js", "stentor-worker.js", "stentor-worklet.js"])
    copyFileSync(packaged(file), path.join(root, file));
  const page = await assertPlays(t, root, async (opened) => {
    await opened.getByRole("status").getByText("Ready").waitFor();
    await opened.evaluate(() => {
      window.shown = [];
      window.stentor.addEventListener("caption", () => {
        window.shown.push(document.querySelector("stentor-player").shadowRoot.querySelector("p").textContent);
      });
    });
    await opened.getByRole("button", { name: "Start listening" }).click();
  });
  assert.deepEqual(await page.evaluate(() => window.shown), ["Hello from somebody's page."]);
  await page.getByRole("button", { name: "Stop listening" }).click();
  await page.getByRole("status").getByText("Stopped").waitFor();
  await page.getByRole("button", { name: "Start listening" }).click();
  await page.getByRole("status").getByText("Listening").waitFor();
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.evaluate(async () => {
    document.querySelector("stentor-player").remove();
    await new Promise((resolve) => setTimeout(resolve, 300)); // the output tells of its end a moment later
  });
  assert.deepEqual(errors, []);
});

test("options that were set before the element was defined are taken", async (t) => {
  const page = await browser.newPage();
  t.after(() => page.close());
  await page.setContent("<main></main>");
  const kept = await page.evaluate(
    async (script) => {
      const element = document.createElement("stentor-player");
      element.options = { token: "stk_test" };
      (0, eval)(script);
      document.querySelector("main").append(element);
      customElements.upgrade(element);
      return element.options;
    },
    `document.currentScript ?? Object.defineProperty(document, "currentScript", { value: { src: location.href } });${readFileSync(packaged("stentor-player.classic.js"), "utf8")}`,
  );
  assert.deepEqual(kept, { token: "stk_test" });
});
