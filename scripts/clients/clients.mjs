// The clients of the matrix, in the order of the table. `id` names the folder in which a client is installed, and its program.

/**
 * @typedef {object} Client
 * @property {string} id
 * @property {string} name as the table shows it
 * @property {"python" | "npm" | "go" | "java" | "commands"} kind how it is installed and run
 * @property {string[]} packages pinned; for commands: the programs that must be there
 * @property {string} program file in `programs`
 * @property {string[]} [browsers] names of the program that is started, one of which must be there
 * @property {string[]} [flags] of the JVM
 * @property {string} [note] remark for its first row
 */

/** @type {Client[]} */
export const CLIENTS = [
  python("dashscope-python", "DashScope, Python", ["dashscope==2.0.2", "aiohttp==3.14.5"]),
  { id: "dashscope-java", name: "DashScope, Java", kind: "java", packages: ["com.alibaba:dashscope-sdk-java:2.22.13"], program: "DashScopeJava.java", flags: ["--add-opens", "java.base/java.util=ALL-UNNAMED"], note: "its Gson 2.8.9 needs `--add-opens java.base/java.util=ALL-UNNAMED` on Java 17 and later, whatever the server" },
  python("openai-python", "OpenAI, Python", ["openai==3.57.0"]),
  npm("openai-javascript", "OpenAI, JavaScript", ["openai@6.49.0"]),
  { id: "openai-java", name: "OpenAI, Java", kind: "java", packages: ["com.openai:openai-java:4.101.0"], program: "OpenAiJava.java" },
  { id: "openai-go", name: "OpenAI, Go", kind: "go", packages: ["github.com/openai/openai-go/v3@v3.99.0"], program: "openai-go.go" },
  python("livekit-agents", "LiveKit Agents, OpenAI TTS", ["livekit-agents==1.8.9", "livekit-plugins-openai==1.8.9"]),
  python("pipecat", "Pipecat, OpenAI TTS", ["pipecat-ai[openai]==1.14.0"]),
  npm("ai-sdk", "Vercel AI SDK", ["ai@6.0.326", "@ai-sdk/openai@3.0.141"]),
  python("litellm", "LiteLLM", ["litellm==1.110.2"]),
  python("openai-agents", "OpenAI Agents, voice pipeline", ["openai-agents[voice]==0.24.0"]),
  python("langchain", "LangChain", ["langchain-core==1.8.3", "openai==3.57.0"], "has no speech class: a chain whose last step is OpenAI's client"),
  python("open-webui", "Open WebUI, like it", ["requests==2.32.5"], "sends what Open WebUI sends"),
  python("home-assistant", "Home Assistant `openai_tts`, like it", ["aiohttp==3.14.5"], "sends what the integration sends"),
  commands("curl", ["curl"]),
  commands("ffmpeg", ["ffmpeg"]),
  commands("mpv", ["mpv"]),
  browser("chromium", "`<audio>` and OpenAI's client in Chromium", ["chromium", "chromium-browser", "google-chrome"], [
    "playwright-core@1.65.1",
    "openai@6.49.0",
    "esbuild@0.28.2",
  ]),
  browser("firefox", "`<audio>` in Firefox", ["firefox-esr", "firefox"], ["puppeteer-core@24.43.1"]),
];

/** @returns {Client} */
function python(id, name, packages, note) {
  return { id, name, kind: "python", packages, program: `${id}.py`, note };
}

/** @returns {Client} */
function npm(id, name, packages) {
  return { id, name, kind: "npm", packages, program: `${id}.mjs` };
}

/** @returns {Client} */
function commands(id, programs) {
  return { id, name: id, kind: "commands", packages: programs, program: `${id}.mjs` };
}

/** @returns {Client} */
function browser(id, name, browsers, packages) {
  return { id, name, kind: "npm", packages, program: `${id}.mjs`, browsers };
}
