/** What a terminal acts on, beside the line break. */
const RAW_CONTROL =
  // eslint-disable-next-line no-control-regex -- the controls are what is looked for
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u;

/** What is printed holds nothing that a terminal acts on, and is not longer than the limit. */
export function expectPrintable(text: string, maxChars: number): void {
  expect(text.length).toBeLessThan(maxChars);
  expect(text).not.toMatch(RAW_CONTROL);
}
