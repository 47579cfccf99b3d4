/** Returns the address of the worker's file, as {@link import("./worklet-url.js")} does for the worklet; the option is `workerUrl`. */
export const workerUrl = () => new URL("./dist/stentor-worker.js", import.meta.url);
