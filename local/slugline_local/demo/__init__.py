"""`make demo`: the main job on real input, from dropped file to verified webhook, on this laptop."""
