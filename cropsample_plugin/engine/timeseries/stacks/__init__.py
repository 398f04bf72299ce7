"""Stack in, stack out: tiles computed block by block, safe to kill, resumed where they stopped."""
