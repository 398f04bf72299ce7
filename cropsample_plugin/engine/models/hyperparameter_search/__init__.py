"""Which hyperparameters suit the samples: spaces, trials, choice, report."""
