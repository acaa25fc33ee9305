/** One tag of a page: its name, and its attributes by name. */
export interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

const TAG = /<([a-z][a-z0-9]*)((?:\s+[a-zA-Z-]+(?:="[^"]*")?)*)\s*\/?>/g;
const ATTRIBUTE = /([a-zA-Z-]+)(?:="([^"]*)")?/g;

/** The opening tags of a page, without what stands in its style and script. */
export function tagsOf(page: string): readonly Tag[] {
  return [...withoutCode(page).matchAll(TAG)].map(([, name = '', text = '']) => ({
    name,
    attributes: new Map(
      [...text.matchAll(ATTRIBUTE)].map(([, key = '', value = '']) => [key, value]),
    ),
  }));
}

/** All that is markup and no value: tags with the names of their attributes, in order. */
export function skeletonOf(page: string): readonly string[] {
  return [...withoutCode(page).matchAll(/<[^>]*>?/g)].map(([tag]) =>
    tag.replace(/="[^"]*"/g, '').replace(/\s+/g, ' '),
  );
}

function withoutCode(page: string): string {
  return page.replace(/(<(style|script)>)[^]*?(<\/\2>)/g, '$1$3');
}

/** What stands in each element of a tag, such as `code`, or `span class="name"`, that holds only text. */
export function textsIn(page: string, tag: string): readonly string[] {
  const [name = ''] = tag.split(' ');
  return [...page.matchAll(new RegExp(`<${tag}>([^]*?)</${name}\\s*>`, 'g'))].map(
    ([, text = '']) => text,
  );
}
