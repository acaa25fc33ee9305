/** Bytes of one request of Ambit's own services: 1,024 candidates with all parts and claims fit well. */
export const MAX_REQUEST_BYTES = 1024 * 1024;

/**
 * Bytes of one Check: a body that Envoy may send (4 MiB in the recommended configuration) with headers and all
 * else around it.
 */
export const MAX_CHECK_BYTES = 8 * 1024 * 1024;

/** Bytes of one answer: gRPC clients read 4 MiB unless they are told otherwise. Reasons are cut above this. */
export const MAX_ANSWER_BYTES = 3_900_000;

/** Candidates of one request. */
export const MAX_CANDIDATES = 1024;

/** Bytes of an id: request, tenant, ref, target, provider, region, credential. */
export const MAX_ID_BYTES = 256;

/** Bytes of a model's name: some vendors put whole paths into them. */
export const MAX_MODEL_BYTES = 512;

/** Bytes of an endpoint, which may be a URL. */
export const MAX_ENDPOINT_BYTES = 2048;

/** Entries of a map: scope or attributes. */
export const MAX_MAP_ENTRIES = 64;

/** Bytes of a key of a map. */
export const MAX_KEY_BYTES = 64;

/** Bytes of a value of a map. */
export const MAX_VALUE_BYTES = 256;

/** Elements of a list: names, claims, regions, features. */
export const MAX_LIST_ELEMENTS = 256;

/** Bytes of a page token. */
export const MAX_PAGE_TOKEN_BYTES = 1024;

/** Elements of a page where the caller does not say. */
export const DEFAULT_PAGE_SIZE = 256;

/** Elements of a page at most. */
export const MAX_PAGE_SIZE = 1024;

/** Nesting of a JSON text: more than any request of the contract has. */
export const MAX_JSON_DEPTH = 64;
