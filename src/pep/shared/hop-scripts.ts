import { KNOWN_HEADERS } from './credential-headers';
import { KEPT_FIELDS } from './kept-fields';

/** Keys of a message and of its parts that hold text. */
const TEXT_KEYS = ['role', 'content', 'name', 'type', 'text', 'refusal'];

/** The keys that may stand anywhere in a body of which Ambit sees nothing. */
const KNOWN_KEYS: readonly string[] = [
  ...new Set([...Object.values(KEPT_FIELDS).flat(), 'store', ...TEXT_KEYS]),
].sort();

/**
 * Leaves the headers of a list, and takes away all others. The names are collected first, because a list must not change
 * while it is read. `x-forwarded-proto` is left because Envoy does not route without, and says what is so here.
 */
const HEADERS_REST = `
function envoy_on_request(handle)
  local headers, others = handle:headers(), {}
  for name in pairs(headers) do
    if name:sub(1, 1) ~= ":" and not known[name] then others[#others + 1] = name end
  end
  for _, name in ipairs(others) do headers:remove(name) end
  headers:replace("x-forwarded-proto", "https")
end
`;

/** Refuses a body with a key that is not listed, or whose \`stream\` is no single value. */
const TEXTS_REST = `
function envoy_on_request(handle)
  local body = handle:body()
  if body == nil then return end
  local text = body:getBytes(0, body:length())
  if text:find('[{,]"stream":[^tfn]') then
    handle:respond({[":status"] = "403"}, "")
    return
  end
  for key in text:gmatch('[{,]"([^"]*)":') do
    if not known[key] then
      handle:respond({[":status"] = "403"}, "")
      return
    end
  end
end
`;

/** The script of a hop that lets only known headers pass. */
export const KNOWN_HEADERS_SCRIPT = `${tableOf(KNOWN_HEADERS.map((name) => `["${name}"]=true`))}${HEADERS_REST}`;

/** The script of a hop that lets only texts pass. */
export const TEXT_ONLY_SCRIPT = `${tableOf(KNOWN_KEYS.map((name) => `${name}=true`))}${TEXTS_REST}`;

/** True for such a script that knows these headers, or fewer. */
export function keepsKnownHeaders(script: string): boolean {
  return isScript(script, HEADERS_REST, KNOWN_HEADERS);
}

/** True for such a script that knows these keys, or fewer. */
export function keepsTexts(script: string): boolean {
  return isScript(script, TEXTS_REST, KNOWN_KEYS);
}

function tableOf(entries: readonly string[]): string {
  return `local known = {${entries.join(', ')}}`;
}

const TABLE = /^local known = \{((?:\["[a-z-]+"\]=true|[a-z_]+=true|, )*)\}\n/u;

function isScript(script: string, rest: string, known: readonly string[]): boolean {
  const table = TABLE.exec(script);
  if (table === null || script.slice(table[0].length).trim() !== rest.trim()) return false;
  const names = [...(table[1] ?? '').matchAll(/[a-z_-]{2,}(?="\]=true|=true)|\bn(?==true)/gu)];
  return names.every(([name]) => known.includes(name));
}
