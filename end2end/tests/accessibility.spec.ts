// On every page and in every dialog: axe finds nothing in light and dark colours, and nothing is wider than a phone.

import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { everyDialog, everyPage, type State } from "./support/pages";
import { nobody } from "./support/people";
import { SignInPage } from "./support/sign-in";
import { expect, settled, test, visit } from "./support/test";

const phone = { width: 390, height: 844 };

async function findings(page: Page, rules?: string[]): Promise<string[]> {
  // A popover or a dialog fades in; its colours count when it stands.
  const passing = () =>
    page.evaluate(() => {
      const ends = (it: Animation) => it.effect?.getComputedTiming().endTime !== Infinity;
      return document.getAnimations().filter((it) => it.playState === "running" && ends(it)).length;
    });
  await expect.poll(passing, { message: "animations under way" }).toBe(0);
  const axe = new AxeBuilder({ page });
  const { violations } = await (rules ? axe.withRules(rules) : axe).analyze();
  return violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${node.target.join(" ")}: ${node.failureSummary ?? violation.help}`),
  );
}

/** Checks the page as it stands; only colours depend on the theme. */
async function check(page: Page, name: string): Promise<void> {
  const window = page.viewportSize() ?? phone;
  await page.emulateMedia({ colorScheme: "light" });
  expect.soft(await findings(page), `${name}, light`).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect.soft(await findings(page, ["color-contrast"]), `${name}, dark`).toEqual([]);
  await page.setViewportSize(phone);
  await settled(page);
  const content = await page.evaluate(() => document.documentElement.scrollWidth);
  expect.soft(content, `${name}, ${phone.width} pixels wide`).toBeLessThanOrEqual(phone.width);
  await page.setViewportSize(window);
}

async function checkAll(page: Page, states: State[]): Promise<void> {
  for (const state of states) {
    await test.step(state.name, async () => {
      await state.show(page);
      await check(page, state.name);
    });
  }
}

for (const half of [0, 1]) {
  test(`every page passes axe and fits a phone, half ${half + 1}`, async ({ page, api, tag }) => {
    test.setTimeout(300_000);
    const pages = await everyPage(api, tag);
    await checkAll(page, pages.filter((_, index) => index % 2 === half));
  });
}

test("every dialog and state passes axe and fits a phone", async ({ page, api, tag, guard }) => {
  test.setTimeout(300_000);
  guard.allowStatus(409, 422);
  await everyPage(api, tag);
  await checkAll(page, everyDialog(api, tag));
});

test("the pages of those who may see nothing pass axe and fit a phone", async ({ open, guard }) => {
  guard.allowStatus(403, 404);
  const stranger = await open("stranger");
  for (const address of ["/chat-gateways", "/nowhere"]) {
    await stranger.goto(address);
    await check(stranger, address);
  }
});

test.describe("signed out", () => {
  test.use({ storageState: nobody });

  test("the sign-in page passes axe and fits a phone, also after a refusal", async ({ page, guard, tag }) => {
    guard.allowStatus(401, 403, 422);
    await visit(page, "/sign-in");
    await check(page, "signing in");
    await new SignInPage(page).signIn(`${tag} nobody`, "certainly wrong");
    await expect(page.getByText("The name or the password is wrong.")).toBeVisible();
    await check(page, "a refused sign-in");
  });
});
