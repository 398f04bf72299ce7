"""A finished map made better: neighbours, objects, a smallest unit, and knowledge from other layers."""
