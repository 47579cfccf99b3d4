import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Builder, By, Capabilities } from "selenium-webdriver";
import { waitForFunction, within } from "./answers.js";
import { onPath } from "./installed.js";

// The WebKit of the distribution, in its plain browser, which needs a screen: a virtual one. It is driven over WebDriver. It is no Safari,
// whose engine is the same, but whose sound is another.

const ANSWER_MS = 8_000;
const START_MS = 30_000;

/** @type {[program: string, packaged: string][]} */
const NEEDED = [
  ["WebKitWebDriver", "webkit2gtk-driver"],
  ["Xvfb", "xvfb"],
  ["pulseaudio", "pulseaudio"],
];

/** Says what is missing on this machine for a WebKit with sound; false if nothing is. */
function missing() {
  const lacking = NEEDED.filter(([program]) => !onPath([program])).map(([, packaged]) => packaged);
  return (
    lacking.length > 0 && `WebKit is not tested here, for which these are missing: apt-get install ${lacking.join(" ")}`
  );
}

/** Starts a browser with a screen of its own and a sound server. The caller ends it. @param {{address: string}} sound */
async function launch({ address }) {
  const home = await mkdtemp(path.join(tmpdir(), "stentor-webkit-"));
  await mkdir(path.join(home, "run"), { mode: 0o700 });
  const programs = [];
  const end = async (session) => {
    await Promise.race([session?.quit().catch(() => {}), delay(5_000, undefined, { ref: false })]);
    await Promise.all(programs.reverse().map(endProgram));
    await rm(home, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    const screen = spawn("Xvfb", ["-displayfd", "3", "-nolisten", "tcp"], {
      stdio: ["ignore", "ignore", "ignore", "pipe"],
    });
    programs.push(screen);
    const [display] = await within(
      START_MS,
      once(/** @type {import("node:stream").Readable} */ (screen.stdio[3]), "data"),
    );
    const port = await freePort();
    const driver = spawn("WebKitWebDriver", ["--host=127.0.0.1", `--port=${port}`], {
      stdio: "ignore",
      env: {
        ...process.env,
        HOME: home,
        XDG_RUNTIME_DIR: path.join(home, "run"),
        DISPLAY: `:${String(display).trim()}`,
        PULSE_SERVER: address,
        LIBGL_ALWAYS_SOFTWARE: "1",
      },
    });
    programs.push(driver);
    await within(START_MS, listening(port));
    const session = await within(
      START_MS,
      new Builder()
        .usingServer(`http://127.0.0.1:${port}`)
        .withCapabilities(new Capabilities({ browserName: "MiniBrowser" }))
        .build(),
    );
    return { session, end: () => end(session), windows: 0, turn: Promise.resolve() };
  } catch (failure) {
    await end();
    throw failure;
  }
}

/** @param {import("node:child_process").ChildProcess} program */
async function endProgram(program) {
  if (program.exitCode !== null || program.signalCode !== null) return;
  const ended = once(program, "exit");
  program.kill();
  const late = setTimeout(() => program.kill("SIGKILL"), 3_000);
  await ended;
  clearTimeout(late);
}

/** Returns a port of this machine that is free now. */
async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  server.close();
  await once(server, "close");
  return port;
}

/** Waits until the driver answers. @param {number} port */
async function listening(port) {
  const answers = () =>
    fetch(`http://127.0.0.1:${port}/status`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await answers())) await delay(50);
}

/**
 * Opens a page in a window of its own.
 *
 * @param {Awaited<ReturnType<typeof launch>>} browser
 * @param {string} url
 * @returns {Promise<import("./starts.js").Page>}
 */
async function openPage(browser, url) {
  const { session } = browser;
  /** Commands go to the session's one current window, so that each takes its turn. @template T @param {() => Promise<T>} command @returns {Promise<T>} */
  const inTurn = (command) => {
    const done = browser.turn.then(command);
    browser.turn = done.then(
      () => {},
      () => {},
    );
    return done;
  };
  const handle = await inTurn(async () => {
    if (browser.windows++ > 0) await session.switchTo().newWindow("window");
    await within(START_MS, session.get(url));
    return session.getWindowHandle();
  });
  const evaluate = (task, argument) =>
    inTurn(async () => {
      await session.switchTo().window(handle);
      return within(ANSWER_MS, session.executeScript(`return (${task})(arguments[0])`, argument));
    });
  return {
    evaluate,
    waitForFunction: waitForFunction(evaluate),
    async withGesture(task) {
      await evaluate(`() => void document.documentElement.addEventListener("click", ${task}, { once: true })`);
      await inTurn(async () => {
        await session.switchTo().window(handle);
        await session.findElement(By.css("html")).click();
      });
    },
  };
}

/** The WebKit of the distribution. @type {import("./starts.js").Driver} */
export const webkit = { name: "WebKit", missing, launch, openPage, end: (browser) => browser.end() };
