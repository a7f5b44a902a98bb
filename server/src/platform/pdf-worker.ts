import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

// Tinos has the metrics of Times New Roman, which official documents are set in, and all Vietnamese letters.
const fonts = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/tinos/package.json'));
const fontPaths = ['400Regular', '400Regular_Italic', '700Bold', '700Bold_Italic'].map((each) => join(fonts, each));
const compilers = new Map<string, NodeCompiler>();

function compilerFor(template: string): NodeCompiler {
  let compiler = compilers.get(template);
  if (!compiler) {
    compiler = NodeCompiler.create({ workspace: dirname(template), fontArgs: [{ fontPaths }] });
    compilers.set(template, compiler);
  }
  return compiler;
}

parentPort!.on('message', ({ no, template, data }: { no: number; template: string; data: string }) => {
  try {
    const compiler = compilerFor(template);
    const pdf = compiler.pdf({ mainFilePath: template, inputs: { data } });
    compiler.evictCache(10);
    parentPort!.postMessage({ no, pdf });
  } catch (error) {
    parentPort!.postMessage({ no, error: error instanceof Error ? error.message : String(error) });
  }
});
