import assert from "node:assert/strict";
import { test } from "node:test";
import { formattable } from "../monitor/language.js";

test("numbers are formatted in the browser's language", () => {
  assert.equal(formattable("de-CH"), "de-CH");
});

test("in English where the browser has no locale", () => {
  assert.equal(formattable("en-US@posix"), "en-US");
  assert.equal(formattable(""), "en-US");
});
