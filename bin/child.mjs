// Runs another program to its end, with our signals.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/**
 * Passes the first signal of each kind on: in a terminal the child already got Ctrl-C itself, and npm repeats it.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>} the exit code, as a shell would count it
 */
export async function runToEnd(command, args, options) {
  const child = spawn(command, args, { stdio: 'inherit', ...options });
  const passers = /** @type {NodeJS.Signals[]} */ (['SIGINT', 'SIGTERM', 'SIGHUP']).map((signal) => {
    let passed = false;
    const pass = () => {
      if (!passed) child.kill(signal);
      passed = true;
    };
    process.on(signal, pass);
    return () => process.off(signal, pass);
  });
  try {
    return await new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
    });
  } finally {
    passers.forEach((stop) => stop());
  }
}
