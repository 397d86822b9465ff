// The program of a flow schema: its editor, its mistakes, its versions, and the panel that tries it.

import type { Locator, Page } from "@playwright/test";
import { expect, visit } from "./test";

export class Program {
  readonly editor: Locator;
  readonly count: Locator;
  readonly mistakes: Locator;
  readonly trial: Locator;
  readonly log: Locator;
  readonly steps: Locator;
  readonly message: Locator;

  constructor(readonly page: Page) {
    this.editor = page.getByRole("textbox", { name: "Program", exact: true });
    this.count = page.getByRole("status").filter({ hasText: /mistake/ });
    this.mistakes = page.getByRole("list", { name: "Mistakes" }).first().getByRole("listitem");
    this.trial = page.getByRole("region", { name: "Try it" });
    this.log = this.trial.getByRole("log", { name: "Conversation" });
    this.steps = this.trial.getByRole("list", { name: "Steps" }).getByRole("listitem");
    this.message = this.trial.getByRole("textbox", { name: "Message" });
  }

  /** Opens the card of a saved flow schema and waits for the editor. */
  async open(id: number): Promise<void> {
    await visit(this.page, `/flows/${id}/general`);
    await this.ready();
  }

  /** Waits until the editor has taken the place of the plain field. */
  async ready(): Promise<void> {
    await expect(this.page.locator(".cm-content")).toBeVisible();
  }

  tool(name: string): Locator {
    const tools = this.page.getByRole("group", { name: "Tools for the program" });
    return tools.getByRole("button", { name, exact: true }).or(tools.getByRole("link", { name, exact: true }));
  }

  /** The whole text, of a program that fits its editor. */
  async text(): Promise<string> {
    return (await this.page.locator(".cm-line").allInnerTexts()).map((line) => line.replace(/\n$/, "")).join("\n");
  }

  async expectText(text: string | RegExp): Promise<void> {
    if (typeof text === "string") await expect.poll(() => this.text()).toBe(text);
    else await expect.poll(() => this.text()).toMatch(text);
  }

  /** Pastes another text over the whole program. */
  async write(text: string): Promise<void> {
    await this.editor.focus();
    await this.page.keyboard.press("ControlOrMeta+a");
    await this.editor.evaluate((editor, pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", pasted);
      editor.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    }, text);
    await this.expectText(text);
  }

  /** Takes what the open list of completions has chosen. */
  async take(name: string): Promise<void> {
    const chosen = this.page.getByRole("listbox").getByRole("option", { selected: true });
    await expect(chosen).toContainText(name);
    // The list takes no key that was on its way when it opened: none in its first 75 milliseconds.
    const seen = await this.page.evaluate(() => performance.now());
    await this.page.waitForFunction((seen) => performance.now() > seen + 75, seen);
    await this.page.keyboard.press("Enter");
  }

  async expectMistakes(count: number): Promise<void> {
    const words = count === 0 ? "No mistakes" : count === 1 ? "1 mistake" : `${count} mistakes`;
    await expect(this.count).toHaveText(words);
    await expect(this.mistakes).toHaveCount(count);
  }

  /** The line in which the caret stands. */
  async expectLine(line: number): Promise<void> {
    await expect(this.page.getByText(new RegExp(`^Line ${line}, column \\d+$`))).toBeVisible();
  }

  async openTrial(): Promise<void> {
    await this.tool("Try it").click();
    await expect(this.message).toBeFocused();
  }

  async say(text: string): Promise<void> {
    await this.message.fill(text);
    await this.message.press("Enter");
  }

  async expectSaid(text: string | RegExp): Promise<void> {
    await expect(this.log.getByText(text).last()).toBeVisible();
  }

  button(name: string): Locator {
    return this.log.getByRole("button", { name, exact: true });
  }
}
