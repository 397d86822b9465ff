// The test function of the whole suite: a guarded browser, an API session, data of one's own.

import { test as base, expect, type BrowserContextOptions, type Page } from "@playwright/test";
import { Api } from "./api";
import { Guard } from "./guard";
import { authFile, nobody, type Person } from "./people";

export { expect };

export type User = { id: number; name: string; password: string };

type TestFixtures = {
  /** Fails the test when a page printed, threw or got a failed answer. */
  guard: Guard;
  /** A word that no other test uses; names begin with it. */
  tag: string;
  /** A page of another browser: signed in as one of the people, as a user of the test, or not at all. */
  open: (who: Person | User | undefined, options?: BrowserContextOptions) => Promise<Page>;
  /** A user of this test's own, with roles by name, past the first change of the password. */
  newUser: (...roles: string[]) => Promise<User>;
};

type WorkerFixtures = { api: Api };

let counter = 0;

export const test = base.extend<TestFixtures, WorkerFixtures>({
  guard: [
    async ({}, use) => {
      const guard = new Guard();
      await use(guard);
      expect(guard.remaining(), "what pages printed, threw or failed to load").toEqual([]);
    },
    { auto: true },
  ],

  context: async ({ context, guard }, use) => {
    guard.watch(context);
    await use(context);
  },

  tag: async ({}, use, info) => {
    counter += 1;
    await use(`t${Date.now().toString(36)}${info.parallelIndex}${counter}`);
  },

  open: async ({ browser, guard, playwright }, use) => {
    const contexts: { close(): Promise<void> }[] = [];
    await use(async (who, options = {}) => {
      let storageState: BrowserContextOptions["storageState"] = nobody;
      if (typeof who === "string") {
        storageState = authFile(who);
      } else if (who) {
        const api = await Api.signedIn(playwright);
        await api.signIn(who.name, who.password);
        storageState = await api.request.storageState();
        await api.dispose();
      }
      const context = await browser.newContext({ ...options, storageState });
      guard.watch(context);
      contexts.push(context);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },

  newUser: async ({ api, tag, playwright }, use) => {
    let made = 0;
    await use(async (...roles) => {
      made += 1;
      const user = { name: `${tag}.user${made}`, password: `second password ${made}` };
      const ids = [];
      for (const role of roles) ids.push(await api.roleId(role));
      const { id } = await api.user(user.name, "first password", ...ids);
      const own = await Api.signedIn(playwright);
      await own.signIn(user.name, "first password", user.password);
      await own.dispose();
      return { id, ...user };
    });
  },

  api: [
    async ({ playwright }, use) => {
      const api = await Api.signedIn(playwright, "administrator");
      await use(api);
      await api.dispose();
    },
    { scope: "worker" },
  ],
});

/** Waits until the page answers to clicks. */
export async function hydrated(page: Page): Promise<void> {
  await page.locator("[data-hydrated]").first().waitFor({ state: "attached" });
}

/** Opens an address and waits until the page answers to clicks. */
export async function visit(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await hydrated(page);
}

/** Loads the page again and waits until it answers to clicks. */
export async function reload(page: Page): Promise<void> {
  await page.reload();
  await hydrated(page);
}

/** A text as a part of a regular expression. */
export function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** Waits until the page has painted what came in so far. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  );
}
