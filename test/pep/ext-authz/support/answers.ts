import type {
  CheckResponse,
  HeaderValueOption,
} from '../../../../src/gen/envoy/service/auth/v3/external_auth';

/** What a denial tells the client, in the words of a test. */
export interface DenialView {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly metadata: unknown;
  /** True: Envoy counts it as an error of Ambit, and not as a denial. */
  readonly isError: boolean;
}

/** Headers by name; throws on one that would be added to what is there. */
export function headersOf(headers: readonly HeaderValueOption[]): Record<string, string> {
  return Object.fromEntries(
    headers.map(({ header, append, appendAction }) => {
      // 2: OVERWRITE_IF_EXISTS_OR_ADD
      if (append !== undefined || appendAction !== 2) throw new Error('a header does not replace');
      return [header?.key ?? '', header?.value ?? ''];
    }),
  );
}

/** The denial in an answer; throws if Envoy would take the answer for anything else. */
export function denialOf({ status, httpResponse, dynamicMetadata }: CheckResponse): DenialView {
  const isError = httpResponse?.$case === 'errorResponse';
  const isDenial = isError || httpResponse?.$case === 'deniedResponse';
  if (!isDenial || status?.code !== (isError ? 14 : 7)) {
    throw new Error(`no denial: ${JSON.stringify({ status, httpResponse })}`);
  }
  const { value } = httpResponse;
  return {
    status: value.status?.code ?? 0,
    headers: headersOf(value.headers),
    body: JSON.parse(value.body),
    metadata: dynamicMetadata,
    isError,
  };
}

/** The code in the body of a denial, in whichever envelope it stands. */
export function codeOf(response: CheckResponse): string {
  const body = denialOf(response).body as { code?: string; error?: { code?: string } };
  return body.error?.code ?? body.code ?? '';
}

/** The message in the body of a denial of the OpenAI shape. */
export function messageOf(response: CheckResponse): string {
  const { error } = denialOf(response).body as { error: { message: string } };
  return error.message;
}
