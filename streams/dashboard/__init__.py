"""What those downstream see: the live feed, GeoJSON, the page."""
