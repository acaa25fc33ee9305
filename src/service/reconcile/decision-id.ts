/** A UUID of version 7, which is what ids of decisions are. */
const FORM = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** True for what can be the id of a decision. */
export function isDecisionId(text: string): boolean {
  return FORM.test(text);
}

/** When the decision of this id was made, in milliseconds since the epoch: a UUID of version 7 begins with it. */
export function instantOfId(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}
