/** `%REQ(x)%`, `%PROTOCOL%`: what Envoy fills in, mostly with words of the client. */
const OPERATOR = /%[A-Z_]+(?:\(|%)/u;

/** True if Envoy, or some place in its configuration, would fill in a part of the text from each request. */
export function isFilledIn(text: string): boolean {
  return OPERATOR.test(text);
}
