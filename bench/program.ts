// The program as people start it, except that it ends with the bench that started it, however that ends.
process.stdin.on('close', () => process.kill(process.pid, 'SIGTERM')).resume();
await import('../server/src/main.ts');
