// The program as people start it, except that it ends with the test that started it, however that ends.
process.stdin.on('close', () => process.kill(process.pid, 'SIGKILL')).resume();
await import('../main.ts');
