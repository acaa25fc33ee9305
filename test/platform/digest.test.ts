import { digestOf } from '../../src/platform/digest';

describe('a digest', () => {
  // Values of FIPS 180-4 and of `printf ü | sha256sum`.
  it.each([
    ['', 'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ['ü', 'sha256:607474ca475a9724d7360aba71a56d5df77e61350e3f724cfa1f46e857e2d85f'],
  ])('of `%s` is the SHA-256 of its UTF-8', (text, digest) => {
    expect(digestOf(text)).toBe(digest);
  });
});
