/** A trail cannot be written, or cannot be read as one. The message is fit to show to a user. */
export class TrailError extends Error {}
