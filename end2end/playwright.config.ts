import { defineConfig } from "@playwright/test";
import { authFile, outputDir } from "./tests/support/people";

// The server is started by scripts/with-server, which says where it answers.
const baseURL = process.env.BASE_URL ?? "http://127.0.0.1:3400";

// Debian's Chromium without windows, which needs a third of the processor time; Playwright's own is not downloaded. As root,
// in a container, there is no sandbox to be had.
const chromium = process.env.CHROMIUM ?? "/usr/bin/chromium-headless-shell";
const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];

// What these show is made by the browser, or by code that never asks which database there is: once is enough.
const pagesAlone = [
  "accessibility",
  "card-fields",
  "connection-test",
  "flow-editor",
  "keyboard",
  "phone",
  "registry-selection",
  "registry-state",
  "theme",
  "times",
  "try-it",
].map((name) => `${name}.spec.ts`);

export default defineConfig({
  testDir: "./tests",
  outputDir: `${outputDir}/results`,
  timeout: 40_000,
  expect: { timeout: 7_000 },
  fullyParallel: true,
  workers: 3,
  retries: 0,
  forbidOnly: true,
  reporter: [["list"]],
  use: {
    baseURL,
    actionTimeout: 10_000,
    navigationTimeout: 20_000,
    // A trace of every test would cost a third of the time: add --trace on to see what a test did.
    trace: "off",
    screenshot: "only-on-failure",
    locale: "en-GB",
    timezoneId: "UTC",
    viewport: { width: 1280, height: 900 },
    launchOptions: {
      executablePath: chromium,
      args: [...sandbox, "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    },
  },
  // The first project finds the server as it is after its first start and leaves one signed-in session for each role.
  projects: [
    { name: "first start", testMatch: "first-start.setup.ts" },
    {
      name: "suite",
      testMatch: "*.spec.ts",
      testIgnore: process.env.SERVER_DATABASE === "postgres" ? pagesAlone : [],
      dependencies: ["first start"],
      use: { storageState: authFile("administrator") },
    },
  ],
});
