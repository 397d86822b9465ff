// Pictures of the main screens, not a test: scripts/with-server sqlite playwright test --config end2end/screenshots.config.ts
//
// They go to the folder named by SCREENSHOTS, and the README's picture to docs/images/registry.png.

import { defineConfig } from "@playwright/test";
import suite from "./playwright.config";
import { authFile } from "./tests/support/people";

export default defineConfig({
  ...suite,
  testDir: ".",
  workers: 1,
  fullyParallel: false,
  timeout: 180_000,
  projects: [
    { name: "first start", testDir: "./tests", testMatch: "first-start.setup.ts" },
    {
      name: "screenshots",
      testDir: "./screenshots",
      testMatch: "*.shots.ts",
      dependencies: ["first start"],
      use: { storageState: authFile("administrator") },
    },
  ],
});
