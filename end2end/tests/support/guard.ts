// Collects everything that a page must not do: print to the console, throw, or get a failed answer.

import type { BrowserContext } from "@playwright/test";

export class Guard {
  private readonly complaints: string[] = [];
  private readonly allowed: RegExp[] = [];

  /** Lets messages pass that a test provokes. */
  allow(...patterns: RegExp[]): void {
    this.allowed.push(...patterns);
  }

  /** Lets one HTTP status pass: Chromium prints a line for each answer from 400 on. */
  allowStatus(...codes: number[]): void {
    this.allow(...codes.map((code) => new RegExp(`status of ${code}|^answer ${code} `)));
  }

  /** Lets the messages of a lost connection pass. */
  allowOffline(): void {
    this.allow(/ERR_INTERNET_DISCONNECTED|ERR_FAILED|ERR_CONNECTION|ERR_NETWORK|ERR_INCOMPLETE|ERR_EMPTY_RESPONSE/);
  }

  watch(context: BrowserContext): void {
    context.on("console", (message) => this.note(`console ${message.type()}: ${message.text()} (${message.location().url})`));
    context.on("weberror", (error) => this.note(`page error: ${error.error().stack ?? error.error().message}`));
    context.on("response", (response) => {
      if (response.status() >= 500) this.note(`answer ${response.status()} of ${response.url()}`);
    });
    context.on("requestfailed", (request) => {
      const reason = request.failure()?.errorText ?? "";
      // A navigation ends what is still under way.
      if (reason !== "net::ERR_ABORTED") this.note(`request failed: ${request.url()} ${reason}`);
    });
  }

  /** What happened and was not allowed. */
  remaining(): string[] {
    return this.complaints.filter((line) => !this.allowed.some((pattern) => pattern.test(line)));
  }

  private note(line: string): void {
    this.complaints.push(line);
  }
}
