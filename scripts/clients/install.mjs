// Installs a client in a folder of its own under target/clients, and says how its program is run there.
import { execFileSync } from "node:child_process";
import { accessSync, constants, copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";

const PROGRAMS = resolve("scripts/clients/programs");

/** A client that cannot be tried here. */
export class Missing extends Error {}

/**
 * @param {import("./clients.mjs").Client} client @param {string} root folder of all clients
 * @returns {{command: string[], folder: string}}
 */
export function install(client, root) {
  const folder = join(root, client.id);
  mkdirSync(folder, { recursive: true });
  return { command: KINDS[client.kind](client, folder), folder };
}

const KINDS = {
  python({ packages, program }, folder) {
    const python = join(folder, "venv", "bin", "python");
    once(folder, packages, () => {
      run(folder, need("python3"), "-m", "venv", "venv");
      run(folder, python, "-m", "pip", "install", "--quiet", ...packages);
    });
    return [python, join(PROGRAMS, program)];
  },
  npm({ packages, program }, folder) {
    once(folder, packages, () => {
      writeFileSync(join(folder, "package.json"), '{"private":true,"type":"module"}');
      run(folder, need("npm"), "install", "--no-audit", "--no-fund", "--silent", "--save-exact", ...packages);
    });
    for (const file of [program, "report.mjs", "channel.mjs", "page.mjs"]) copyFileSync(join(PROGRAMS, file), join(folder, file)); // modules are found from where the program lies
    return ["node", program];
  },
  go({ packages, program }, folder) {
    const go = need("go", "/usr/local/go/bin");
    copyFileSync(join(PROGRAMS, program), join(folder, "main.go"));
    once(folder, packages, () => {
      if (!existsSync(join(folder, "go.mod"))) run(folder, go, "mod", "init", "client");
      run(folder, go, "get", ...packages);
      run(folder, go, "mod", "tidy");
    });
    run(folder, go, "build", "-o", "client", ".");
    return ["./client"];
  },
  java({ packages, program, flags = [] }, folder) {
    once(folder, packages, () => {
      const [group, artifact, version] = packages[0].split(":");
      const one = `<groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version>`;
      writeFileSync(
        join(folder, "pom.xml"),
        `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>client</groupId><artifactId>client</artifactId>` +
          `<version>1</version><dependencies><dependency>${one}</dependency></dependencies></project>`,
      );
      run(folder, need("mvn"), "-q", "-B", "-ntp", "dependency:copy-dependencies", "-DincludeScope=runtime", "-DoutputDirectory=lib");
    });
    return [join(process.env.JAVA_HOME, "bin", "java"), ...flags, "-cp", "lib/*", join(PROGRAMS, program)];
  },
  commands({ packages, program }) {
    packages.forEach((name) => need(name));
    return ["node", join(PROGRAMS, program)];
  },
};

/** Does something unless it was done for these packages before. */
function once(folder, packages, work) {
  const mark = join(folder, "installed");
  const wanted = packages.join(" ");
  if (existsSync(mark) && readFileSync(mark, "utf8") === wanted) return;
  work();
  writeFileSync(mark, wanted);
}

/** Finds the first of these programs that is there. @param {string[]} names */
export function anyOf(names) {
  for (const name of names) {
    try {
      return need(name);
    } catch (error) {
      if (name === names.at(-1)) throw error;
    }
  }
}

/** Finds a program, on the PATH or in a usual place. */
export function need(name, ...places) {
  for (const folder of [...(process.env.PATH ?? "").split(delimiter), ...places]) {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return join(folder, name);
    } catch {
      continue;
    }
  }
  throw new Missing(`${name} is not installed`);
}

function run(cwd, command, ...words) {
  try {
    execFileSync(command, words, { cwd, stdio: ["ignore", "pipe", "pipe"], timeout: 900_000 });
  } catch (error) {
    throw new Missing(`it could not be installed: ${String(error.stderr || error.message).trim().split("\n").at(-1).slice(0, 160)}`);
  }
}
