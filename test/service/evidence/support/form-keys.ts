import ts from 'typescript';
import { textOf } from '../../../tidy/support/project-files';

/** The keys of an interface or type literal: true where they may be absent. */
export type Keys = Readonly<Record<string, boolean>>;

function parse(path: string): ts.SourceFile {
  return ts.createSourceFile(path, textOf(path), ts.ScriptTarget.Latest, true);
}

function keysOf(members: ts.NodeArray<ts.TypeElement>): Keys {
  const named = members.filter((member) => ts.isPropertySignature(member));
  return Object.fromEntries(
    named.map(({ name, questionToken }) => [name.getText(), questionToken !== undefined]),
  );
}

/** The keys of every interface of a file of the project, by its name. */
function interfacesOf(path: string): Readonly<Record<string, Keys>> {
  const declared = parse(path).statements.filter((each) => ts.isInterfaceDeclaration(each));
  return Object.fromEntries(declared.map(({ name, members }) => [name.text, keysOf(members)]));
}

/** The keys of everything that a record is made of, by the name of its type, as the source states them. */
export const FORM: Readonly<Record<string, Keys>> = {
  ...interfacesOf('src/service/evidence/recorded-decision.ts'),
  RecordedPreferences: interfacesOf('src/core/model/request.ts')['Preferences'] ?? {},
};
