"""Classifiers, their training and the package a trained model travels in."""
