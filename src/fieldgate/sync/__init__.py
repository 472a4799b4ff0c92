"""Versions and merge; knows neither the store nor the screen."""
